/** A throw-away Postgres server of one spec file. */
export interface TestPostgres {
    /** Superuser connection to the server's maintenance database. */
    url: string;
    /** Makes an empty database and gives the owner's URL and the application role's (password as given). */
    createDatabase(appPassword: string): Promise<{
        ownerUrl: string;
        appUrl: string;
    }>;
    /** Runs one statement as superuser. */
    execute(sql: string): Promise<void>;
    stop(): Promise<void>;
}
/**
 * Starts the embedded server's binaries on a free port with data in a temporary directory. A shell stands between: when
 * this process dies, however it dies, the shell's input closes and it stops the server.
 */
export declare function startPostgres(): Promise<TestPostgres>;
/** A TCP port that was free a moment ago. */
export declare function freePort(): Promise<number>;
