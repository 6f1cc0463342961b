import { migrate } from '@weir/persistence';
import { MIGRATIONS, QUEUES, openServices, settingsFromEnvironment } from '@weir/services';
import { openLog } from './process/log.js';
import { migrationSettings } from './process/migration-settings.js';

/** Brings the database up to date as its owner, and enters the platform's first operator when there is none. */
const log = openLog(process.env, 'migrate');

try {
  const { ownerUrl, appPassword, operator } = migrationSettings(process.env);
  await migrate(ownerUrl, { appPassword, migrations: [...MIGRATIONS], queues: [...QUEUES] });
  const services = await openServices(settingsFromEnvironment(process.env));
  try {
    await services.access.ensureOperator(operator);
  } finally {
    await services.close();
  }
  log.info({ operator: operator.email }, 'the database is up to date');
} catch (error) {
  log.fatal({ err: error }, error instanceof Error ? error.message : String(error));
  process.exit(1);
}
