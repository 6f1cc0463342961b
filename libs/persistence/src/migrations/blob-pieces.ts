import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '../database/row-security.js';

/** Files in pieces, so that a large one passes through without being held. Found by address only, as blobs are. */
export class BlobPieces1700000000050 implements MigrationInterface {
  readonly name = 'BlobPieces1700000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE weir.blob_upload (
        sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        upload_id uuid NOT NULL UNIQUE,
        media_type text NOT NULL,
        size bigint NOT NULL,
        pieces integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE weir.blob_piece (
        upload_id uuid NOT NULL,
        ordinal integer NOT NULL CHECK (ordinal >= 0),
        nonce bytea NOT NULL,
        tag bytea NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (upload_id, ordinal)
      );
      ALTER TABLE weir.blob_piece ALTER COLUMN bytes SET STORAGE EXTERNAL`);
    const named = (column: string, setting: string): string => `${column} = current_setting('weir.${setting}', true)`;
    const [file, piece] = [named('sha256', 'blob'), named('upload_id::text', 'blob_upload')];
    await runner.query(protectTable('weir.blob_upload', { reads: file, writes: file, appendOnly: true }));
    await runner.query(protectTable('weir.blob_piece', { reads: piece, writes: piece, appendOnly: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE weir.blob_piece, weir.blob_upload');
  }
}
