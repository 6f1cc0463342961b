/**
 * Flows in whole cents whose sums are the sums of the flows to the cent: each date pays what has come in so far, rounded,
 * less what was paid before. Rounded one by one they would drift, and a pass-through would never quite repay.
 */
export function inCents(flows: Float64Array): Float64Array {
  let [sum, paid] = [0, 0];
  return flows.map((flow) => {
    sum += flow;
    const due = Math.round(sum) - paid;
    paid += due;
    return due;
  });
}
