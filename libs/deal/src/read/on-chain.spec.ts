import { describe, expect, it } from '@jest/globals';
import { RATE_SCALE } from '@weir/money';
import { parseDeal } from '../parse-deal.js';
import { SMALL_DEAL } from '../small-deal.fixture.js';

const withBlocks = (blocks: string) => parseDeal(`${SMALL_DEAL}\n${blocks}`);
const ACCOUNT = `0x${'Ab'.repeat(20)}`;
const BANK = SMALL_DEAL.replace(/(calculationAgent: .*\n)/, '$1  custodian: A Custodian\n');

describe('terms of offering and contracts', () => {
  it('are open where the document says nothing', () => {
    expect(parseDeal(SMALL_DEAL).deal).toMatchObject({ offering: null, onChain: null });
    expect(withBlocks('offering: {}\nonChain: {}').deal).toMatchObject({
      offering: { closesAt: null, tranches: [], furtherIssues: [] },
      onChain: { disputeDelay: null, changeDelay: null, taxAccount: null, unclaimed: null, attestation: null },
    });
  });

  it('are read as shares, cents, seconds and days', () => {
    const { deal, diagnostics } = parseDeal(
      `${BANK}
offering: { closesAt: 09:05, tranches: { A: { minimum: 75 %, lot: 1000.00 } }, furtherIssues: { A: 2500000.00 } }
onChain:
  disputeDelay: 36 hours
  accounts: { custodian: '${ACCOUNT}' }
  unclaimed: { to: custodian, after: 1 year, delay: 10 days }
  attestation: { signers: [custodian], threshold: 1 }
`,
    );
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(deal?.offering?.closesAt).toBe(9 * 3_600 + 5 * 60);
    expect(deal?.offering?.tranches).toMatchObject([
      { tranche: 'A', minimum: (RATE_SCALE * 3n) / 4n, maximum: RATE_SCALE, perInvestor: null, lot: 100_000n },
    ]);
    expect(deal?.offering?.furtherIssues).toMatchObject([{ tranche: 'A', amount: 250_000_000n }]);
    expect(deal?.onChain).toMatchObject({
      disputeDelay: 129_600,
      accounts: [{ name: 'custodian', account: ACCOUNT.toLowerCase() }],
      unclaimed: { to: 'custodian', afterDays: 365, delayDays: 10 },
      attestation: { signers: ['custodian'], threshold: 1 },
    });
  });

  it.each([
    ['offering: { closesAt: 25:00 }', 'value', 'time of day'],
    ['offering: { tranches: { Q: {} } }', 'unknown-tranche', 'Q'],
    ['offering: { furtherIssues: { Q: 1.00 } }', 'unknown-tranche', 'Q'],
    ['offering: { furtherIssues: { A: -1.00 } }', 'number', 'above zero'],
    ['offering: { tranches: { A: { minimum: 120 % } } }', 'number', 'at most 100 %'],
    ['offering: { tranches: { A: { maximum: 80 % } } }', 'number', 'at least 100 %'],
    ['onChain: { disputeDelay: 2 fortnights }', 'value', '2 days, 36 hours'],
    ['onChain: { unclaimed: { to: trustee, after: 3 years, delay: 36 hours } }', 'value', 'whole days'],
    ['onChain: { accounts: { nobody: "0x1" } }', 'unknown-party', 'nobody'],
    ['onChain: { attestation: { signers: [trustee], threshold: 1 } }', 'value', 'does not attest its collateral'],
    ['onChain: { attestation: { signers: [trustee], threshold: 2 } }', 'number', 'there are 1 signers'],
  ])('%s is refused', (blocks, code, message) => {
    const { deal, diagnostics } = withBlocks(blocks);
    expect(deal).toBeNull();
    const codes = diagnostics.map((diagnostic) => diagnostic.code);
    expect(codes).toContain(code);
    expect(diagnostics.map((diagnostic) => diagnostic.message).join('\n')).toContain(message);
  });

  it('need an account of every party beside the five roles', () => {
    const { diagnostics } = parseDeal(`${BANK}\nonChain: { taxAccount: custodian }\n`);
    expect(diagnostics.map(({ code, message }) => [code, message]).join()).toMatch(
      /missing-field.*custodian needs an account/,
    );
  });
});
