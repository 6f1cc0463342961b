import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { actorWith, tokenOf } from './testing/fake-services.js';
import { openApi } from './testing/open-api.js';

const { app, calls, answers } = await openApi();
const DEAL = '3f0c6a52-8f0e-4b5d-9a68-0e6c4f7e2b11';
const MIB = 1024 * 1024;

const as = (...roles: Parameters<typeof tokenOf>) => ({
  authorization: `Bearer ${tokenOf(...roles)}`,
  'idempotency-key': 'a-new-key-1',
});
const post = (url: string, payload: object | string | Buffer, headers: Record<string, string>) =>
  app.inject({ method: 'POST', url, payload, headers });
const faultsOf = (body: string): string[] =>
  (JSON.parse(body) as { faults: { field: string; message: string }[] }).faults.map(
    ({ field, message }) => `${field} | ${message}`,
  );

beforeEach(() => {
  calls.length = 0;
  answers.clear();
});
afterAll(() => app.close());

describe('a body', () => {
  it('is refused with the path of each nested fault', async () => {
    const users = [{ name: 'Ada', email: 'nowhere', password: 'correct horse battery', roles: ['system', 'issuer'] }];

    const response = await post('/organisations', { name: '', kind: 'bank', users }, as('operator'));

    expect(response.statusCode).toBe(422);
    expect(faultsOf(response.body)).toEqual([
      'name | name must be longer than or equal to 1 characters',
      'kind | kind must be one of the following values: sponsor, servicer, trustee, calculation-agent, investor, operator',
      'users.0.email | users.0.email must be an e-mail address',
      expect.stringMatching(/^users\.0\.roles \| users\.0\.roles: each value in roles must be one of/),
    ]);
  });

  it.each(['1,000.00', '-1.00', '1e3', '0', '0.00', '1.001', '01.00', '', ' 1.00', '1234.5O'])(
    'with the amount "%s" is refused',
    async (amount) => {
      const response = await post(`/deals/${DEAL}/subscriptions`, { tranche: 'A', amount }, as('investor'));

      expect(response.statusCode).toBe(422);
      expect(faultsOf(response.body)).toHaveLength(1);
      expect(calls).toEqual([]);
    },
  );

  it('with an amount as a JSON number is refused: numbers are floats', async () => {
    const response = await post(`/deals/${DEAL}/subscriptions`, { tranche: 'A', amount: 1000 }, as('investor'));

    expect(response.statusCode).toBe(422);
  });

  it.each(['0.01', '1000', '1000.5', '99999999999999.99'])('hands the amount %s on as it is', async (amount) => {
    const response = await post(`/deals/${DEAL}/subscriptions`, { tranche: 'A', amount }, as('investor'));

    expect(response.statusCode).toBe(202);
    expect(calls[0]?.args.slice(0, 3)).toEqual([actorWith('investor'), DEAL, { tranche: 'A', amount }]);
  });

  it('that is not JSON is a 400', async () => {
    const headers = { ...as('issuer'), 'content-type': 'application/json' };

    const response = await post('/deals', '{"document": ', headers);

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'bad-request', status: 400 });
  });

  it('that is too large is a 413', async () => {
    const response = await post('/deals', { document: 'x'.repeat(17 * MIB) }, as('issuer'));

    expect(response.statusCode).toBe(413);
    expect(response.json()).toMatchObject({ code: 'body-too-large', status: 413 });
  });

  it('of another kind than the route takes is a 415', async () => {
    const csv = { ...as('issuer'), 'content-type': 'text/csv' };

    const csvForJson = await post('/deals', 'a,b', csv);
    const jsonForCsv = await post(`/deals/${DEAL}/tapes?period=1`, { document: 'a,b' }, as('issuer'));
    const neither = await post('/deals', '<deal/>', { ...csv, 'content-type': 'application/xml' });

    for (const response of [csvForJson, jsonForCsv, neither]) {
      expect(response.statusCode).toBe(415);
      expect(response.json()).toMatchObject({ code: 'unsupported-media-type' });
    }
    expect(calls).toEqual([]);
  });
});

describe('a tape', () => {
  const csv = { ...as('servicer'), 'content-type': 'text/csv; charset=utf-8' };
  const url = `/deals/${DEAL}/tapes`;

  /** Takes the file as the use case does, piece by piece. */
  const taking =
    (into: Buffer[]) => async (_actor: unknown, _deal: unknown, upload: { bytes: AsyncIterable<Buffer> }) => {
      for await (const piece of upload.bytes) into.push(piece);
      return { tapeId: DEAL };
    };

  it('reaches its use case byte by byte and in pieces, larger than any JSON body may be', async () => {
    const pieces: Buffer[] = [];
    answers.set('tapes.receive', taking(pieces));
    const bytes = Buffer.alloc(70 * MIB, 0xff);

    const response = await post(`${url}?period=2&loanKey=assetNumber,originalLoanAmount&kind=estimate`, bytes, csv);

    expect(response.statusCode).toBe(202);
    expect(response.json()).toEqual({ tapeId: DEAL });
    const upload = calls[0]?.args[2] as { period: number; loanKey: string[] };
    expect(upload).toMatchObject({ period: 2, kind: 'estimate', originator: null });
    expect(upload.loanKey).toEqual(['assetNumber', 'originalLoanAmount']);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  });

  it.each(['application/xml', 'application/octet-stream'])('comes as %s too', async (type) => {
    const pieces: Buffer[] = [];
    answers.set('tapes.receive', taking(pieces));

    const response = await post(`${url}?period=1`, '<assetData/>', { ...csv, 'content-type': type });

    expect(response.statusCode).toBe(202);
    expect(Buffer.concat(pieces).toString()).toBe('<assetData/>');
  });

  it('of more than 1 GiB is a 413', async () => {
    const response = await post(`${url}?period=1`, 'a', { ...csv, 'content-length': String(1024 * MIB + 1) });

    expect(response.statusCode).toBe(413);
    expect(calls).toEqual([]);
  });

  it('without a loan key takes that of the deal document', async () => {
    await post(`${url}?period=1`, 'a', csv);

    expect(calls[0]?.args[2]).toMatchObject({ period: 1, loanKey: null });
  });

  it.each(['', '?period=0', '?period=1.5', '?period=0x1', '?period=1&period=2', '?period=1&loanKey=', '?period=1&x=1'])(
    'with the query "%s" is refused',
    async (query) => {
      const response = await post(`${url}${query}`, 'a', csv);

      expect(response.statusCode).toBe(422);
      expect(response.json()).toMatchObject({ code: 'request-invalid' });
    },
  );
});

describe('an idempotency key', () => {
  const hashOf = async (url: string, payload: object): Promise<unknown> => {
    calls.length = 0;
    await post(url, payload, as('issuer'));
    return (calls[0]?.args.at(-1) as { bodyHash: string }).bodyHash;
  };

  it('comes with the same hash for the same request and with another for any other', async () => {
    const first = await hashOf('/deals', { document: 'a' });
    const again = await hashOf('/deals', { document: 'a' });
    const otherBody = await hashOf('/deals', { document: 'b' });
    const programHash = `0x${'5a'.repeat(32)}`;
    const oneDeal = await hashOf(`/deals/${DEAL}/approval`, { programHash });
    const otherDeal = await hashOf(`/deals/${DEAL.replace('3', '4')}/approval`, { programHash });

    expect(again).toBe(first);
    expect(new Set([first, otherBody, oneDeal, otherDeal]).size).toBe(4);
  });
});

describe('a path', () => {
  it('with an id that is none is refused', async () => {
    const response = await app.inject({ url: '/deals/42', headers: as('issuer') });

    expect(response.statusCode).toBe(422);
    expect(faultsOf(response.body)).toEqual(['dealId | dealId must be a UUID']);
  });

  it('takes the long id of a transaction, whose slashes are encoded', async () => {
    const id = `deal/${DEAL}/agree-jointly/${'0a'.repeat(64)}/approve`;
    expect(id).toHaveLength(192);

    const response = await app.inject({ url: `/transactions/${encodeURIComponent(id)}`, headers: as('issuer') });

    expect(response.statusCode).toBe(200);
    expect(calls).toEqual([{ name: 'monitoring.transaction', args: [actorWith('issuer'), id] }]);
  });

  it.each(['..%2Fsecrets.json', '.hidden', 'a%00b', 'a%22b'])('never names a file like %s', async (name) => {
    const response = await app.inject({ url: `/deals/${DEAL}/files/${name}`, headers: as('issuer') });

    expect(response.statusCode).toBe(422);
    expect(calls).toEqual([]);
  });
});

describe('a file', () => {
  it('is sent as it is, to be saved, with its own type', async () => {
    const bytes = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x00, 0xff]);
    answers.set('reports.file', { bytes, mediaType: 'application/pdf' });

    const response = await app.inject({
      url: `/deals/${DEAL}/periods/1/files/investor-report.pdf`,
      headers: as('investor'),
    });

    expect(calls[0]?.args).toEqual([actorWith('investor'), DEAL, 1, 'investor-report.pdf']);
    expect(new Uint8Array(response.rawPayload)).toEqual(bytes);
    expect(response.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '6',
      'content-disposition': 'attachment; filename="investor-report.pdf"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
});
