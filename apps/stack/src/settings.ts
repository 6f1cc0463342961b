import { SettingInvalid } from './errors.js';

const DEFAULT_PORT = 3000;

/** The API's preferred port: PORT, 3000 unless set; 0 is any free one. @throws SettingInvalid */
export function portIn(env: NodeJS.ProcessEnv): number {
  const text = env['PORT'];
  if (!text) return DEFAULT_PORT;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new SettingInvalid('PORT', 'a number from 0 to 65535');
  return Number(text);
}

/** A URL of one of these schemes, or null when the variable is not set. @throws SettingInvalid */
export function urlIn(env: NodeJS.ProcessEnv, variable: string, schemes: readonly string[]): string | null {
  const text = env[variable];
  if (!text) return null;
  const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : '';
  if (!schemes.includes(scheme)) throw new SettingInvalid(variable, `a URL that begins with ${schemes[0]}://`);
  return text;
}
