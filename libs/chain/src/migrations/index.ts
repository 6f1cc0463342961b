import type { MigrationClass } from '@weir/persistence';
import { BlockBlooms1700000006810 } from './block-blooms.js';
import { ReplacedTransactions1700000006830 } from './replaced-transactions.js';
import { ChainTables1700000001000 } from './chain-tables.js';
import { OfflineSigning1700000006800 } from './offline-signing.js';

/** What migrate() needs for this library. */
export const CHAIN_MIGRATIONS: MigrationClass[] = [
  ChainTables1700000001000,
  OfflineSigning1700000006800,
  BlockBlooms1700000006810,
  ReplacedTransactions1700000006830,
];
