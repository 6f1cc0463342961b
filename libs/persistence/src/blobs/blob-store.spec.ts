import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { startPostgres, type TestPostgres } from '../../../../test/postgres.js';
import type { Actor } from '../access/actor.js';
import { openAppDataSource } from '../database/data-source.js';
import { migrate } from '../database/migrate.js';
import { UnitOfWork } from '../work/unit-of-work.js';
import { BlobDamaged, BlobKeyLength, BlobNotFound } from './blob.errors.js';
import { BlobStore } from './blob-store.js';

const appPassword = 'secret';
// SHA-256 of "abc": FIPS 180-2, appendix B.1.
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('BlobStore', () => {
  let server: TestPostgres;
  let app: DataSource;
  let units: UnitOfWork;
  const store = new BlobStore(randomBytes(32));
  const actor: Actor = {
    userId: randomUUID(),
    personId: randomUUID(),
    organisationId: randomUUID(),
    roles: ['issuer'],
  };
  const command = { name: 'upload', object: 'tape' };

  beforeAll(async () => {
    server = await startPostgres();
    const { ownerUrl, appUrl } = await server.createDatabase(appPassword);
    await migrate(ownerUrl, { appPassword });
    app = await openAppDataSource(appUrl, []);
    units = new UnitOfWork(app);
    const abc = new TextEncoder().encode('abc');
    await units.run(actor, command, ({ manager }) => store.put(manager, abc, 'text/csv'));
  }, 60_000);

  afterAll(async () => {
    await app.destroy();
    await server.stop();
  });

  it('gives back what was put, under the hash of the clear bytes, stored once', async () => {
    const abc = new TextEncoder().encode('abc');
    expect(await units.run(actor, command, ({ manager }) => store.put(manager, abc, 'text/csv'))).toBe(ABC);
    const blob = await units.read(actor, (manager) => store.get(manager, ABC));
    expect(blob).toEqual({ bytes: abc, mediaType: 'text/csv' });
  });

  it('keeps no clear bytes in the database', async () => {
    const [row] = await units.read(actor, async (manager) => {
      await manager.query(`SELECT set_config('weir.blob', $1, true)`, [ABC]);
      return manager.query('SELECT bytes, size FROM weir.blob');
    });
    expect(row.size).toBe('3');
    expect(row.bytes.toString()).not.toBe('abc');
  });

  it('lists nothing to one who does not know the address', async () => {
    expect(await units.read(actor, (manager) => manager.query('SELECT sha256 FROM weir.blob'))).toEqual([]);
  });

  it('says what is wrong with an unknown address, another key and a short key', async () => {
    const unknown = '0'.repeat(64);
    await expect(units.read(actor, (manager) => store.get(manager, unknown))).rejects.toThrow(BlobNotFound);
    const other = new BlobStore(randomBytes(32));
    await expect(units.read(actor, (manager) => other.get(manager, ABC))).rejects.toThrow(BlobDamaged);
    expect(() => new BlobStore(randomBytes(16))).toThrow(BlobKeyLength);
  });

  describe('in pieces', () => {
    const read = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> => units.read(actor, work);
    const whole = async (sha256: string): Promise<Buffer> => {
      const pieces: Uint8Array[] = [];
      for await (const piece of store.pieces(read, sha256)) pieces.push(piece);
      return Buffer.concat(pieces);
    };
    const put = (pieces: Uint8Array[]) =>
      units.run(actor, command, ({ manager }) => store.putPieces(manager, pieces, 'text/csv'));
    it('comes back as it was, however it was cut, and has the address of its bytes', async () => {
      const file = randomBytes(2_500_000);
      const address = createHash('sha256').update(file).digest('hex');
      expect(await put([file.subarray(0, 7), file.subarray(7, 2_000_000), file.subarray(2_000_000)])).toEqual({
        ...{ sha256: address, size: 2_500_000 },
      });
      expect((await whole(address)).equals(file)).toBe(true);
      expect((await put([file])).sha256).toBe(address);
      expect((await whole(address)).equals(file)).toBe(true);
    });

    it('is read whole from several transactions, and by one who stops before', async () => {
      // Ten pieces, and one of a single byte.
      const file = randomBytes(10 * 2 ** 20 + 1);
      const { sha256 } = await put([file]);
      expect((await whole(sha256)).equals(file)).toBe(true);
      let reads = 0;
      const counted = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> => {
        reads++;
        return read(work);
      };
      for await (const piece of store.pieces(counted, sha256)) {
        expect(Buffer.from(piece).equals(file.subarray(0, 2 ** 20))).toBe(true);
        break;
      }
      // Where it is stored, its first pieces, and the next ones ahead.
      expect(reads).toBe(3);
    });

    it('comes as one piece when it was stored whole, and not at all when nobody stored it', async () => {
      expect((await whole(ABC)).toString()).toBe('abc');
      await expect(whole('0'.repeat(64))).rejects.toThrow(BlobNotFound);
    });

    it('is refused under another key', async () => {
      const { sha256 } = await put([randomBytes(10)]);
      const other = new BlobStore(randomBytes(32));
      await expect(other.pieces(read, sha256).next()).rejects.toThrow(BlobDamaged);
    });
  });
});
