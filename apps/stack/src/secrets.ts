import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** What API and worker read from WEIR_SECRETS_FILE. Keys are 32 bytes in hex. */
export interface Secrets {
  appPassword: string;
  keystorePassphrase: string;
  blobKey: string;
  jwtKey: string;
  dealSaltSecret: string;
  /** Of the first operator's account, operator@weir.local. */
  operatorPassword: string;
}

const key = (): string => randomBytes(32).toString('hex');

/**
 * Reads the secrets, or makes them at the first start (mode 0600).
 * @param appPassword the password that role weir_app has already, or null to make one
 */
export function secretsIn(file: string, appPassword: string | null = null): Secrets {
  return readOrMake(file, () => ({
    appPassword: appPassword ?? key(),
    keystorePassphrase: key(),
    blobKey: key(),
    jwtKey: key(),
    dealSaltSecret: key(),
    operatorPassword: key(),
  }));
}

/** The embedded database's owner. It stands apart from `Secrets`, so that API and worker never hold it. */
export function ownerPasswordIn(file: string): string {
  return readOrMake(file, () => ({ ownerPassword: key() })).ownerPassword;
}

function readOrMake<T extends object>(file: string, make: () => T): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = make();
  // Written beside and renamed, so that a kill in between leaves no half file for the next start.
  writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return made;
}
