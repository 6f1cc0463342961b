import pg from 'pg';

/** Every statement here is short: an answer that takes longer will not come. */
const TIMEOUT_MS = 60_000;

/** One connection of a job queue, opened when it is first needed and again after it was lost. */
export class JobConnection {
  private client: Promise<pg.Client> | null = null;

  constructor(
    private readonly url: string,
    private readonly onError: (error: unknown) => void,
  ) {}

  async query<T extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<T[]> {
    this.client ??= this.open();
    return (await (await this.client).query<T>(sql, values)).rows;
  }

  async close(): Promise<void> {
    const open = this.client;
    this.client = null;
    await (await open?.catch(() => null))?.end();
  }

  private async open(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url, keepAlive: true, query_timeout: TIMEOUT_MS });
    client.on('error', (error) => {
      this.client = null;
      this.onError(error);
    });
    try {
      await client.connect();
      return client;
    } catch (error) {
      this.client = null;
      throw error;
    }
  }
}
