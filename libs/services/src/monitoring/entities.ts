import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Hex } from '@weir/money';
import type { Letter } from './invariants.js';

/** An invariant that does not hold at a place, from the audit that found it to the one that finds it holding again. */
@Entity({ schema: 'weir', name: 'deal_alarm' })
export class DealAlarm {
  @PrimaryColumn('uuid', { name: 'alarm_id' })
  alarmId!: string;

  /** Null for what is of no deal. */
  @Column('uuid', { name: 'deal_id', nullable: true })
  dealId!: string | null;

  @Column('text')
  letter!: Letter;

  @Column('text')
  place!: string;

  /** False when a contract failed when it was asked. */
  @Column('boolean')
  answered!: boolean;

  @Column('text')
  actual!: string;

  @Column('text')
  expected!: string;

  @Column('bigint', { name: 'since_block' })
  sinceBlock!: string;

  @Column('timestamptz')
  since!: Date;

  @Column('bigint', { name: 'cleared_block', nullable: true })
  clearedBlock!: string | null;

  @Column('timestamptz', { name: 'cleared_at', nullable: true })
  clearedAt!: Date | null;
}

/** How far the continuous audit of a deal has come. */
@Entity({ schema: 'weir', name: 'deal_audit' })
export class DealAudit {
  @PrimaryColumn('uuid', { name: 'deal_id' })
  dealId!: string;

  @Column('bigint', { name: 'block_number' })
  blockNumber!: string;

  @Column('text', { name: 'block_hash' })
  blockHash!: Hex;

  @Column('timestamptz', { name: 'audited_at' })
  auditedAt!: Date;

  /** Letters that the last audit looked at, at any place; K also where nothing of the books changed since. */
  @Column('text', { array: true })
  letters!: Letter[];

  /** Where the next audit goes on with what is looked at period by period. */
  @Column('integer', { name: 'next_period' })
  nextPeriod!: number;

  /** What the books were when they were last held against the contracts; null before. */
  @Column('text', { name: 'books_mark', nullable: true })
  booksMark!: string | null;
}
