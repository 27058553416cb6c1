/* spread.h - where the stations of an arm lie, so that their labels have room.
 * Distances from the hub's centre. Pure. */
#ifndef SPREAD_H
#define SPREAD_H

#define SPREAD_GAP 24.0 /* between two labels at least */

/* All labels in one row: the first begins at `from`, the end's own label at `to`, and
 * the gaps between are alike. Returns the gap. */
double spread_row(const double *widths, int count, double from, double to, double *centres);

/* Labels over and under the arm in turns, the first one over it. */
struct spread_arm {
	double first, end; /* of the first station and of the end */
	double from, to; /* between which labels lie */
	double end_label; /* where the end's own label begins */
};

double spread_even(const struct spread_arm *a, int count, int i);

/* How wide the i-th label may be, centred over its station. The end's label stands in
 * the row that the next station's would. */
double spread_width(const struct spread_arm *a, int count, int i);

#endif
