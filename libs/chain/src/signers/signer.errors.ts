/** No keystore has this name or address. */
export class SignerNotFound extends Error {
  constructor(readonly wanted: string) {
    super(`there is no keystore for "${wanted}": create it, or copy its file into the keystore directory`);
    this.name = 'SignerNotFound';
  }
}

/** A keystore with this name is there already. */
export class SignerExists extends Error {
  constructor(readonly signer: string) {
    super(`a keystore named "${signer}" exists: open it, or choose another name`);
    this.name = 'SignerExists';
  }
}

/** A keystore's name would not be a plain file name. */
export class SignerNameRefused extends Error {
  constructor(readonly signer: string) {
    super(`"${signer}" is no keystore name: use lower-case letters, digits and hyphens`);
    this.name = 'SignerNameRefused';
  }
}

/** The key of an account lies elsewhere, so nothing is signed here. */
export class KeyElsewhere extends Error {
  constructor(readonly address: string) {
    super(
      `the key of ${address} lies elsewhere: its transactions are laid out for it; other signatures must be brought`,
    );
    this.name = 'KeyElsewhere';
  }
}

/** What was given as an account's address is none. */
export class AddressRefused extends Error {
  constructor(readonly address: string) {
    super(`"${address}" is no address: give 0x and 40 hexadecimal digits, with the right capitals or all lower case`);
    this.name = 'AddressRefused';
  }
}

/** A keystore does not open. */
export class KeystoreLocked extends Error {
  constructor(
    readonly signer: string,
    readonly detail: string,
  ) {
    super(`the keystore "${signer}" does not open (${detail}): give the passphrase it was created with`);
    this.name = 'KeystoreLocked';
  }
}
