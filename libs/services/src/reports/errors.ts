import { Problem } from '../problem.js';

/** Files of a period are written once its payment is final, and it is not. */
export class PaymentNotFinal extends Problem {
  readonly kind = 'conflict';
  readonly code = 'payment-not-final';
  constructor(dealId: string, period: number) {
    super(`Period ${period} has no final payment yet; its files follow once its block is final.`, { dealId, period });
  }
}

/** The chain settled another servicer report than the one that the tape gives now. */
export class SettledReportDiffers extends Problem {
  readonly kind = 'unavailable';
  readonly code = 'settled-report-differs';
  constructor(period: number, settled: string, reproduced: string) {
    super(
      `Period ${period} was settled on report ${settled} and the tape gives ${reproduced}; nothing was published. ` +
        'Compare the tape with the one that was signed.',
      { period, settled, reproduced },
    );
  }
}

/** The payment changed while its files were being written: the chain was reorganised. */
export class PaymentChanged extends Problem {
  readonly kind = 'conflict';
  readonly code = 'payment-changed';
  constructor(dealId: string, period: number) {
    super(`The payment of period ${period} changed while its files were written; the job runs again by itself.`, {
      dealId,
      period,
    });
  }
}
