import { describe, expect, it } from '@jest/globals';
import { tieOf } from './replayed.js';

describe('two BMW trusts in 2025 tie to their monthly reports to the cent', () => {
  it('2024-A, June 2025: A-2a and A-2b share 50,499,034.31, A-2a has the odd cent', () => {
    const { tie } = tieOf('bmw-2024-a', '2025-06', 'state');
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(8);
  });

  it('2025-A, July 2025: A-1 ends and A-2a and A-2b begin in one month', () => {
    const { tie } = tieOf('bmw-2025-a', '2025-07', 'state');
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(8);
  });
});
