import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiRefused, StillWaiting } from './errors.js';

/** How long the sample waits for one thing to happen, and how often it looks. */
const WAIT_MS = 90_000;
const LOOK_MS = 100;

/** A signed-in person talking to the API over HTTP, as any client would. */
export class ApiClient {
  private constructor(
    private readonly apiUrl: string,
    private readonly token: string | null,
  ) {}

  /** Signs in. @throws ApiRefused */
  static async signIn(apiUrl: string, email: string, password: string): Promise<ApiClient> {
    const anyone = new ApiClient(apiUrl, null);
    const { token } = await anyone.post<{ token: string }>('/sessions', { email, password });
    return new ApiClient(apiUrl, token);
  }

  /** Reads JSON. */
  async get<T>(path: string): Promise<T> {
    return jsonOf(await this.request('GET', path)) as T;
  }

  /** Reads a file. */
  async bytes(path: string): Promise<Uint8Array> {
    return this.request('GET', path);
  }

  /** Writes; each call is a new request with a key of its own. */
  async post<T>(path: string, body: object = {}): Promise<T> {
    return jsonOf(await this.request('POST', path, JSON.stringify(body), 'application/json')) as T;
  }

  /** Replaces. */
  async put<T>(path: string, body: object): Promise<T> {
    return jsonOf(await this.request('PUT', path, JSON.stringify(body), 'application/json')) as T;
  }

  /** Uploads a file as it is. */
  async upload<T>(path: string, bytes: Uint8Array, mediaType: string): Promise<T> {
    return jsonOf(await this.request('POST', path, bytes, mediaType)) as T;
  }

  /** Reads again and again until `done` says so. @throws StillWaiting */
  async until<T>(path: string, what: string, done: (value: T) => boolean): Promise<T> {
    const end = performance.now() + WAIT_MS;
    for (;;) {
      const value = await this.get<T>(path);
      if (done(value)) return value;
      if (performance.now() > end) throw new StillWaiting(what, WAIT_MS);
      await sleep(LOOK_MS);
    }
  }

  /** Waits until a transaction is mined. @throws TransactionFailed via ApiRefused when it failed */
  async mined(transactionId: string): Promise<TransactionAnswer> {
    const path = `/transactions/${encodeURIComponent(transactionId)}`;
    const answer = await this.until<TransactionAnswer>(
      path,
      transactionId,
      ({ state }) => state === 'mined' || state === 'final' || state === 'failed',
    );
    if (answer.state === 'failed' || answer.succeeded === false)
      throw new ApiRefused(409, 'transaction-failed', answer.reason ?? 'it reverted', {});
    return answer;
  }

  /**
   * Sends one request until it is answered: an API that is started again, or that has no database or chain at the moment,
   * is asked again under the same key, which makes it the same request.
   */
  private async request(
    method: string,
    path: string,
    body?: string | Uint8Array,
    type?: string,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const headers: Record<string, string> = {};
    if (this.token !== null) headers['authorization'] = `Bearer ${this.token}`;
    if (type !== undefined) headers['content-type'] = type;
    if (method !== 'GET') headers['idempotency-key'] = randomUUID();
    const init = { method, headers, body } as Parameters<typeof fetch>[1];
    const end = performance.now() + WAIT_MS;
    for (;;) {
      const answer = await answerOf(`${this.apiUrl}${path}`, init);
      if (answer?.ok) return answer.bytes;
      if (performance.now() > end || (answer !== null && answer.status !== 503)) throw refusalOf(answer);
      await sleep(LOOK_MS);
    }
  }
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The whole answer; null when there was none. */
async function answerOf(url: string, init: Parameters<typeof fetch>[1]): Promise<Answer | null> {
  try {
    const response = await fetch(url, init);
    return { ok: response.ok, status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch {
    // fetch tells of a connection refused, reset or cut off in one way only.
    return null;
  }
}

function refusalOf(answer: Answer | null): Error {
  if (answer === null) return new StillWaiting('An answer of the API', WAIT_MS);
  let problem: { code?: string; detail?: string } = {};
  try {
    problem = jsonOf(answer.bytes) as typeof problem;
  } catch {
    // What stands between may answer with a page of its own.
  }
  return new ApiRefused(answer.status, problem.code ?? 'unknown', problem.detail ?? `status ${answer.status}`, problem);
}

const jsonOf = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

/** What the API tells of a transaction. */
export interface TransactionAnswer {
  readonly state: 'queued' | 'laid-out' | 'signed' | 'sent' | 'mined' | 'final' | 'failed';
  readonly succeeded: boolean | null;
  readonly reason: string | null;
  readonly gasUsed: number | null;
}
