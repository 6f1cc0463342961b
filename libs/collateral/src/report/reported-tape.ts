import type { TapeReading } from '../tape/read-tape.js';

/** What a report needs of a tape: a fresh reading has it, and so has a tape stored earlier. */
export type ReportedTape = Pick<TapeReading, 'loans' | 'blocked' | 'rows' | 'reportingFrom' | 'reportingTo'>;
