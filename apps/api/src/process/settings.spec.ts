import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { PortInvalid, listenSettings } from './listen-settings.js';
import { MigrationSettingsMissing, migrationSettings } from './migration-settings.js';
import { tellReady } from './ready-file.js';

const folder = mkdtempSync(path.join(tmpdir(), 'weir-api-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('listening', () => {
  it('is to this machine only unless told otherwise', () => {
    expect(listenSettings({})).toEqual({ host: '127.0.0.1', port: 3000 });
    expect(listenSettings({ HOST: '0.0.0.0', PORT: '0' })).toEqual({ host: '0.0.0.0', port: 0 });
  });

  it.each(['65536', '-1', '80a', '1.5'])('is refused on PORT %s', (port) => {
    expect(() => listenSettings({ PORT: port })).toThrow(PortInvalid);
  });
});

describe('migrating', () => {
  it('lists everything that is missing at once', () => {
    const file = path.join(folder, 'half.json');
    writeFileSync(file, JSON.stringify({ appPassword: '' }));

    const act = (): unknown => migrationSettings({ WEIR_SECRETS_FILE: file });

    expect(act).toThrow(MigrationSettingsMissing);
    expect(act).toThrow(/OWNER_DATABASE_URL, appPassword in the secrets file, operatorPassword in the secrets file/);
  });

  it('takes the first operator from the secrets', () => {
    const file = path.join(folder, 'secrets.json');
    writeFileSync(file, JSON.stringify({ appPassword: 'app', operatorPassword: 'operator-secret' }));

    const settings = migrationSettings({ OWNER_DATABASE_URL: 'postgres://owner@db/weir', WEIR_SECRETS_FILE: file });

    expect(settings).toEqual({
      ownerUrl: 'postgres://owner@db/weir',
      appPassword: 'app',
      operator: { name: 'Operator', email: 'operator@weir.local', password: 'operator-secret' },
    });
  });
});

describe('being ready', () => {
  it('is told in the file that was asked for, and nowhere else', () => {
    const own = mkdtempSync(path.join(folder, 'ready-'));

    tellReady({}, { url: 'http://127.0.0.1:1' });
    tellReady({ WEIR_READY_FILE: path.join(own, 'api.ready') }, { url: 'http://127.0.0.1:1' });

    expect(readdirSync(own)).toEqual(['api.ready']);
    expect(JSON.parse(readFileSync(path.join(own, 'api.ready'), 'utf8'))).toEqual({ url: 'http://127.0.0.1:1' });
  });
});
