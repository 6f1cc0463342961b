import { describe, expect, it } from '@jest/globals';
import { SettingInvalid } from './errors.js';
import { portIn, urlIn } from './settings.js';

describe('settings of the launcher', () => {
  it('takes a port, 3000 unless set', () => {
    expect(portIn({})).toBe(3000);
    expect(portIn({ PORT: '' })).toBe(3000);
    expect(portIn({ PORT: '8080' })).toBe(8080);
    for (const PORT of ['abc', '-1', '65536', '80.5']) expect(() => portIn({ PORT })).toThrow(SettingInvalid);
  });

  it('takes a URL of the schemes it knows', () => {
    const schemes = ['postgres', 'postgresql'];
    expect(urlIn({}, 'DATABASE_URL', schemes)).toBeNull();
    expect(urlIn({ DATABASE_URL: 'postgresql://me@host/db' }, 'DATABASE_URL', schemes)).toBe('postgresql://me@host/db');
    for (const DATABASE_URL of ['nonsense', 'mysql://me@host/db'])
      expect(() => urlIn({ DATABASE_URL }, 'DATABASE_URL', schemes)).toThrow(
        'DATABASE_URL must be a URL that begins with postgres://',
      );
  });
});
