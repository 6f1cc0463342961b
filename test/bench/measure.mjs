const WINDOW_MS = 300;
const WINDOWS = 6;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** How often a second `work` does `units`, by windows of 0.3 s: what it did in each. */
async function windows(work, units, count) {
  const rates = [];
  for (let window = 0; window < count; window++) {
    const begun = performance.now();
    let calls = 0;
    while (performance.now() - begun < WINDOW_MS) {
      work();
      calls += 1;
    }
    rates.push((calls * units * 1000) / (performance.now() - begun));
    // Lets the optimiser's results in.
    await pause(10);
  }
  return rates;
}

/** Units a second of `work`, which does `units` at each call: the best window after a warm-up, others' load left out. */
export async function rate(work, units) {
  await windows(work, units, 3);
  return Math.max(...(await windows(work, units, WINDOWS)));
}

/** Milliseconds of the first call of `work` and the median of twenty more. */
export function milliseconds(work) {
  const times = Array.from({ length: 21 }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  const [first, ...more] = times;
  return { first, median: more.sort((a, b) => a - b)[10] };
}
