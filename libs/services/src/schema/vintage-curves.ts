import { protectTable } from '@weir/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RUNNERS, SYSTEM } from './policies.js';

/** Vintage curves as they were reckoned out of the tapes that counted then, which `basis` names. */
export const VINTAGE_TABLES: Readonly<Record<string, string>> = {
  vintage_curves: `
    deal_id uuid not null references weir.deal,
    basis text not null,
    curves jsonb not null,
    reckoned_at timestamptz not null default now(),
    primary key (deal_id, basis)`,
};

/** Creates the table of vintage curves, under forced row-level security. */
export class VintageCurves1700000006000 implements MigrationInterface {
  readonly name = 'VintageCurves1700000006000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(VINTAGE_TABLES))
      await runner.query(`create table weir.${table} (${columns})`);
    await runner.query(protectTable('weir.vintage_curves', { reads: RUNNERS, writes: SYSTEM, removes: SYSTEM }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table weir.vintage_curves');
  }
}
