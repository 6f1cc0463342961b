/** What every failure of the launcher has in common: one line for the user and the exit code it leads to. */
export abstract class LauncherError extends Error {
  readonly exitCode: number = 1;

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** The command line cannot be understood. Nothing has been started. */
export class UsageError extends LauncherError {
  override readonly exitCode = 2;
  constructor(readonly problem: string) {
    super(`${problem}. Usage: npm start [-- --once [--deal FILE] [--tape FILE] [--out DIR]]`);
  }
}

/** `--help` was asked for: what to print, and nothing to start. */
export class HelpWanted extends LauncherError {
  override readonly exitCode = 0;
  constructor(readonly text: string) {
    super(text);
  }
}

/** A setting of the environment cannot be understood. Nothing has been started. */
export class SettingInvalid extends LauncherError {
  override readonly exitCode = 2;
  constructor(
    readonly variable: string,
    readonly expected: string,
  ) {
    super(`${variable} must be ${expected}. Correct it or leave it out.`);
  }
}

/** A file given on the command line is not what it should be. Nothing has been started. */
export class InputRefused extends LauncherError {
  constructor(
    readonly file: string,
    readonly reason: string,
  ) {
    super(`${file}: ${reason}`);
  }
}

/** Another launcher of the same checkout is at work. */
export class AlreadyRunning extends LauncherError {
  constructor(readonly pid: number) {
    super(
      `Weir is already running from this checkout (process ${pid}). Stop it with Ctrl-C there, or with: kill ${pid}`,
    );
  }
}

/** No program for this platform; `variable` names the environment variable that makes it unnecessary. */
export class BinaryMissing extends LauncherError {
  constructor(
    readonly program: string,
    readonly variable: string,
  ) {
    super(
      `No ${program} for ${process.platform}-${process.arch} is installed. ` +
        `Put ${program} on PATH or point ${variable} to a running one, then start again.`,
    );
  }
}

/** Started as root, and no unprivileged account exists for Postgres, which refuses to run as root. */
export class NoUnprivilegedAccount extends LauncherError {
  constructor() {
    super(
      'Postgres refuses to run as root and there is no postgres or nobody account. Start as another user or set DATABASE_URL.',
    );
  }
}

/** A folder outside the checkout that root would use for Postgres belongs to someone else. */
export class UntrustedFolder extends LauncherError {
  constructor(readonly folder: string) {
    super(`${folder} is not a folder owned by root alone. Remove it and start again.`);
  }
}

/** A started process ended, or did not become ready in its time. */
export class ProcessFailed extends LauncherError {
  constructor(
    readonly process: string,
    readonly what: string,
    readonly logFile: string,
  ) {
    super(`${process} ${what}. Details: ${logFile}`);
  }
}

/** The chain or the database did not answer as it should. */
export class ServiceRefused extends LauncherError {
  constructor(
    readonly service: string,
    readonly reason: string,
  ) {
    super(`${service}: ${reason}`);
  }
}

/** Neither the stored chain state nor its checkpoint can be read. */
export class ChainStateUnreadable extends LauncherError {
  constructor(readonly file: string) {
    super(`The stored chain ${file} is damaged and has no checkpoint. Remove the .weir folder to start from nothing.`);
  }
}

/** The work on the started stack failed; the whole reason is in the log. */
export class JobFailed extends LauncherError {
  constructor(
    override readonly cause: unknown,
    readonly logFile: string,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const line = reason.split('\n')[0] ?? '';
    super(`${/[.!?]$/.test(line) ? line : `${line}.`} Details: ${logFile}`);
  }
}

/** The run was ended by a signal before it was done. */
export class Interrupted extends LauncherError {
  override readonly exitCode: number;
  constructor(readonly signal: NodeJS.Signals) {
    super(`Stopped by ${signal}.`);
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}
