import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigurationMissing, SettingInvalid, settingsFromEnvironment } from './settings.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'weir-settings-'));
  const key = 'ab'.repeat(32);
  const secrets = { keystorePassphrase: 'pass', blobKey: key, jwtKey: key, dealSaltSecret: key };
  writeFileSync(path.join(folder, 'secrets.json'), JSON.stringify(secrets));
});
afterAll(() => rmSync(folder, { recursive: true }));

const environment = (more: Record<string, string> = {}) => ({
  DATABASE_URL: 'postgres://weir_app@localhost/weir',
  RPC_URL: 'http://127.0.0.1:8545',
  WEIR_STATE_DIR: folder,
  WEIR_SECRETS_FILE: path.join(folder, 'secrets.json'),
  ...more,
});

describe('settings of a process', () => {
  it('are read from the environment and the secrets file', () => {
    const settings = settingsFromEnvironment(environment({ WEIR_FINALITY_DEPTH: '2' }));
    expect(settings.blobKey).toEqual(new Uint8Array(32).fill(0xab));
    expect(settings.finalityDepth).toBe(2);
    expect(settingsFromEnvironment(environment()).finalityDepth).toBe(64);
    // Two days and a week, unless set.
    expect(settingsFromEnvironment(environment())).toMatchObject({ disputeDelay: null, changeDelay: null });
    expect(settingsFromEnvironment(environment({ WEIR_DISPUTE_DELAY: '0' })).disputeDelay).toBe(0);
  });

  it('name everything that is missing at once', () => {
    expect(() => settingsFromEnvironment({ RPC_URL: 'http://127.0.0.1:8545' })).toThrow(ConfigurationMissing);
    expect(() => settingsFromEnvironment({ RPC_URL: 'http://127.0.0.1:8545' })).toThrow(
      'Set DATABASE_URL, WEIR_STATE_DIR, WEIR_SECRETS_FILE in the environment',
    );
  });

  it('refuse a depth that is no number', () =>
    expect(() => settingsFromEnvironment(environment({ WEIR_FINALITY_DEPTH: 'abc' }))).toThrow(SettingInvalid));

  it('try only when told so', () => {
    expect(settingsFromEnvironment(environment()).dryRun).toBe(false);
    expect(settingsFromEnvironment(environment({ WEIR_DRY_RUN: '1' })).dryRun).toBe(true);
    expect(() => settingsFromEnvironment(environment({ WEIR_DRY_RUN: 'maybe' }))).toThrow(SettingInvalid);
  });

  it('refuse a delay that is no number of seconds', () =>
    expect(() => settingsFromEnvironment(environment({ WEIR_CHANGE_DELAY: '2d' }))).toThrow(SettingInvalid));
});
