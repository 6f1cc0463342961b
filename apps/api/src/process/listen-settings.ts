/** The environment names a port that cannot be listened to. */
export class PortInvalid extends Error {
  constructor(readonly port: string) {
    super(`PORT is "${port}"; set it to a number from 0 (any free port) to 65535.`);
    this.name = 'PortInvalid';
  }
}

/** Where the API listens: HOST, this machine only unless set, and PORT, 3000 unless set. @throws PortInvalid */
export function listenSettings(env: NodeJS.ProcessEnv): { host: string; port: number } {
  const text = env['PORT'] || '3000';
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new PortInvalid(text);
  return { host: env['HOST'] || '127.0.0.1', port: Number(text) };
}
