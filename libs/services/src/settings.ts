import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bytesOf, type Hex } from '@weir/money';

/** What a process needs to run: connections, keys and folders. */
export interface PlatformSettings {
  readonly databaseUrl: string;
  readonly rpcUrl: string;
  readonly keystoreDirectory: string;
  readonly keystorePassphrase: string;
  /** 32 bytes. */
  readonly blobKey: Uint8Array;
  /** 32 bytes. */
  readonly sessionKey: Uint8Array;
  readonly saltSecret: Hex;
  /** Blocks on top of a block before it counts as final. */
  readonly finalityDepth: number;
  /** Seconds for which a report on chain can be disputed, in deals deployed from now on; null where nothing is set. */
  readonly disputeDelay: number | null;
  /** Seconds between approval and application of new signers or an amendment, in deals deployed from now on; null likewise. */
  readonly changeDelay: number | null;
  /** Manifest of the platform that the worker takes over when it starts (`weir deploy`); null where the services deploy it. */
  readonly manifestFile: string | null;
  /** The worker signs and sends nothing, and notes what each queued transaction would do. */
  readonly dryRun: boolean;
}

/** The secrets file, written once per installation with mode 0600. */
interface Secrets {
  readonly keystorePassphrase: string;
  readonly blobKey: string;
  readonly jwtKey: string;
  readonly dealSaltSecret: string;
}

/** The process was started without what it needs; everything missing is named. */
export class ConfigurationMissing extends Error {
  constructor(readonly missing: readonly string[]) {
    super(`Set ${missing.join(', ')} in the environment; docs/architecture.md says what each is.`);
    this.name = 'ConfigurationMissing';
  }
}

/** A setting has a value that makes no sense. */
export class SettingInvalid extends Error {
  constructor(
    readonly setting: string,
    readonly value: string,
    expected: string,
  ) {
    super(`${setting} is "${value}"; give ${expected}.`);
    this.name = 'SettingInvalid';
  }
}

/** Blocks until finality where nothing else is said; two epochs of Ethereum's mainnet. */
const DEFAULT_FINALITY_DEPTH = 64;

const hexWithPrefix = (hex: string): Hex => (hex.startsWith('0x') ? hex : `0x${hex}`) as Hex;

function finalityDepthOf(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_FINALITY_DEPTH;
  if (!/^\d{1,4}$/.test(text)) throw new SettingInvalid('WEIR_FINALITY_DEPTH', text, 'a number of blocks like 64');
  return Number(text);
}

function delayOf(name: string, text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  if (!/^\d{1,8}$/.test(text)) throw new SettingInvalid(name, text, 'a number of seconds like 172800');
  return Number(text);
}

function flagOf(name: string, text: string | undefined): boolean {
  if (text === undefined || text === '' || text === '0') return false;
  if (text !== '1') throw new SettingInvalid(name, text, '1 for yes, or nothing');
  return true;
}

/** Reads the settings of a process. @throws ConfigurationMissing, SettingInvalid */
export function settingsFromEnvironment(env: Readonly<Record<string, string | undefined>>): PlatformSettings {
  const { DATABASE_URL, RPC_URL, WEIR_STATE_DIR, WEIR_SECRETS_FILE, WEIR_FINALITY_DEPTH } = env;
  const { WEIR_DISPUTE_DELAY, WEIR_CHANGE_DELAY, WEIR_DRY_RUN, WEIR_MANIFEST } = env;
  const needed = { DATABASE_URL, RPC_URL, WEIR_STATE_DIR, WEIR_SECRETS_FILE };
  const missing = Object.entries(needed).filter(([, value]) => value === undefined || value === '');
  if (!DATABASE_URL || !RPC_URL || !WEIR_STATE_DIR || !WEIR_SECRETS_FILE)
    throw new ConfigurationMissing(missing.map(([name]) => name));
  const secrets = JSON.parse(readFileSync(WEIR_SECRETS_FILE, 'utf8')) as Secrets;
  return {
    databaseUrl: DATABASE_URL,
    rpcUrl: RPC_URL,
    keystoreDirectory: path.join(WEIR_STATE_DIR, 'keystores'),
    keystorePassphrase: secrets.keystorePassphrase,
    blobKey: bytesOf(hexWithPrefix(secrets.blobKey)),
    sessionKey: bytesOf(hexWithPrefix(secrets.jwtKey)),
    saltSecret: hexWithPrefix(secrets.dealSaltSecret),
    finalityDepth: finalityDepthOf(WEIR_FINALITY_DEPTH),
    disputeDelay: delayOf('WEIR_DISPUTE_DELAY', WEIR_DISPUTE_DELAY),
    changeDelay: delayOf('WEIR_CHANGE_DELAY', WEIR_CHANGE_DELAY),
    manifestFile: WEIR_MANIFEST === undefined || WEIR_MANIFEST === '' ? null : WEIR_MANIFEST,
    dryRun: flagOf('WEIR_DRY_RUN', WEIR_DRY_RUN),
  };
}
