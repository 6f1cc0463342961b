import { readFileSync } from 'node:fs';

/** Something that migrating needs is not set; everything missing is listed. */
export class MigrationSettingsMissing extends Error {
  constructor(readonly missing: readonly string[]) {
    super(`Set ${missing.join(', ')}; npm start does it by itself.`);
    this.name = 'MigrationSettingsMissing';
  }
}

/** What migrating needs. */
export interface MigrationSettings {
  /** The database as its owner. */
  readonly ownerUrl: string;
  /** Password that the role of Weir's processes gets. */
  readonly appPassword: string;
  /** The first operator of a new platform. */
  readonly operator: { readonly name: string; readonly email: string; readonly password: string };
}

/**
 * Reads OWNER_DATABASE_URL, the secrets file that WEIR_SECRETS_FILE names (appPassword, operatorPassword), and
 * WEIR_OPERATOR_EMAIL (operator@weir.local unless set). @throws MigrationSettingsMissing
 */
export function migrationSettings(env: NodeJS.ProcessEnv): MigrationSettings {
  const missing: string[] = [];
  const needed = (value: unknown, name: string): string => {
    if (typeof value === 'string' && value !== '') return value;
    missing.push(name);
    return '';
  };
  const ownerUrl = needed(env['OWNER_DATABASE_URL'], 'OWNER_DATABASE_URL');
  const file = needed(env['WEIR_SECRETS_FILE'], 'WEIR_SECRETS_FILE');
  const secrets = file === '' ? {} : (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
  const appPassword = needed(secrets['appPassword'], 'appPassword in the secrets file');
  const password = needed(secrets['operatorPassword'], 'operatorPassword in the secrets file');
  if (missing.length > 0) throw new MigrationSettingsMissing(missing);
  const email = env['WEIR_OPERATOR_EMAIL'] || 'operator@weir.local';
  return { ownerUrl, appPassword, operator: { name: 'Operator', email, password } };
}
