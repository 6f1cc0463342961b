/** No blob has this address. */
export class BlobNotFound extends Error {
  constructor(readonly sha256: string) {
    super(`no file with SHA-256 ${sha256} is stored: upload it first`);
    this.name = 'BlobNotFound';
  }
}

/** A stored blob does not decrypt to what its address says. */
export class BlobDamaged extends Error {
  constructor(readonly sha256: string) {
    super(`the stored file ${sha256} does not decrypt: give the key it was stored with, or restore it from a backup`);
    this.name = 'BlobDamaged';
  }
}

/** The encryption key has the wrong length. */
export class BlobKeyLength extends Error {
  constructor(readonly bytes: number) {
    super(`the blob key has ${bytes} bytes and needs 32: make one with "openssl rand -hex 32"`);
    this.name = 'BlobKeyLength';
  }
}
