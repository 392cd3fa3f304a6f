// Package print prints an outline: for the superior who approves it ([Outline]), as the list of what is
// to be published, for the clerk ([List]), and as sheets to hold up when the projector fails
// ([Backup]). A [Job] is what is printed and how; [Job.Write] prints it.
//
// What is on paper is Vietnamese whatever the window speaks, set as Decree 30/2020/NĐ-CP, annex I,
// wants official documents: A4, margins of 20, 20, 30 and 20 mm, a Times face of 13 points, motto
// and offices side by side at the head, numbers of pages centred at the top from the second on.
package print
