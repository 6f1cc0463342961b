/**
 * A stream of random numbers for one path: the same seed and path give the same numbers on every machine and in every
 * shard. Chris Doty-Humphrey's sfc32, seeded by both and stirred; not for secrets.
 */
export class RandomStream {
  private readonly words: Int32Array;
  private spare: number | null = null;

  constructor(seed: number, path: number) {
    this.words = Int32Array.of(seed, path, Math.floor(seed / 2 ** 32), 1);
    for (let round = 0; round < 16; round++) this.word();
  }

  /** The next 32 bits. */
  private word(): number {
    const [a = 0, b = 0, c = 0, counter = 0] = this.words;
    const sum = (a + b + counter) | 0;
    this.words[0] = b ^ (b >>> 9);
    this.words[1] = c + (c << 3);
    this.words[2] = ((c << 21) | (c >>> 11)) + sum;
    this.words[3] = counter + 1;
    return sum >>> 0;
  }

  /** Uniform between 0 and 1, neither included. */
  uniform(): number {
    return (this.word() + 0.5) / 2 ** 32;
  }

  /** Standard normal (G. E. P. Box, M. E. Muller, Annals of Mathematical Statistics 29, 1958). */
  normal(): number {
    if (this.spare !== null) {
      const kept = this.spare;
      this.spare = null;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
