/** The chance that a chi-square value with one degree of freedom is at least this large: erfc(√(x/2)). */
export function chiSquareTail(value: number): number {
  return complementaryError(Math.sqrt(Math.max(0, value) / 2));
}

// Chebyshev fit of `erfcc`, Numerical Recipes in C, 2nd edition, §6.2: relative error below 1.2e-7 everywhere.
const fit = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];

/** erfc for x ≥ 0. */
function complementaryError(x: number): number {
  const t = 1 / (1 + x / 2);
  const series = fit.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  return t * Math.exp(-x * x + series);
}
