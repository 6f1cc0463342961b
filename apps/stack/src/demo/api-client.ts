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
    return (await (await this.request('GET', path)).json()) as T;
  }

  /** Reads a file. */
  async bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.request('GET', path)).arrayBuffer());
  }

  /** Writes; each call is a new request with a key of its own. */
  async post<T>(path: string, body: object = {}): Promise<T> {
    return (await (await this.request('POST', path, JSON.stringify(body), 'application/json')).json()) as T;
  }

  /** Replaces. */
  async put<T>(path: string, body: object): Promise<T> {
    return (await (await this.request('PUT', path, JSON.stringify(body), 'application/json')).json()) as T;
  }

  /** Uploads a file as it is. */
  async upload<T>(path: string, bytes: Uint8Array, mediaType: string): Promise<T> {
    return (await (await this.request('POST', path, bytes, mediaType)).json()) as T;
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

  private async request(method: string, path: string, body?: string | Uint8Array, type?: string): Promise<Response> {
    const headers: Record<string, string> = {};
    if (this.token !== null) headers['authorization'] = `Bearer ${this.token}`;
    if (type !== undefined) headers['content-type'] = type;
    if (method !== 'GET') headers['idempotency-key'] = randomUUID();
    const init = { method, headers, body } as Parameters<typeof fetch>[1];
    const response = await fetch(`${this.apiUrl}${path}`, init);
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
    throw new ApiRefused(response.status, problem.code ?? 'unknown', problem.detail ?? response.statusText, problem);
  }
}

/** What the API tells of a transaction. */
export interface TransactionAnswer {
  readonly state: 'queued' | 'laid-out' | 'signed' | 'sent' | 'mined' | 'final' | 'failed';
  readonly succeeded: boolean | null;
  readonly reason: string | null;
  readonly gasUsed: number | null;
}
