import { openServices, settingsFromEnvironment } from '@weir/services';
import { createApplication } from './application.js';
import { listenSettings } from './process/listen-settings.js';
import { openLog } from './process/log.js';
import { tellReady } from './process/ready-file.js';

const log = openLog(process.env, 'api');

try {
  const { host, port } = listenSettings(process.env);
  const services = await openServices(settingsFromEnvironment(process.env));
  const app = await createApplication(services, log);
  app.enableShutdownHooks();
  await app.listen(port, host);
  const url = await app.getUrl();
  log.info({ url }, 'listening');
  tellReady(process.env, { url });
} catch (error) {
  log.fatal({ err: error }, error instanceof Error ? error.message : String(error));
  process.exit(1);
}
