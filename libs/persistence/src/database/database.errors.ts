/** The process is connected as a role that row-level security cannot bind. */
export class UnsafeDatabaseRole extends Error {
  constructor(readonly role: string) {
    super(
      `the database role "${role}" is a superuser, owns Weir's tables or can bypass row-level security: connect as weir_app ` +
        `(migrate() creates it and sets its password), or pass { development: true } on a throw-away database`,
    );
    this.name = 'UnsafeDatabaseRole';
  }
}

/** A migration left a table that row-level security does not protect. */
export class UnprotectedTables extends Error {
  constructor(readonly tables: string[]) {
    super(
      `row-level security is not forced on ${tables.join(', ')}: let the migration that creates the table use ` +
        `dealVisible, organisationVisible, systemOnly, everyoneReads or protectTable`,
    );
    this.name = 'UnprotectedTables';
  }
}

/** The role of Weir's processes cannot be made or given its password by this owner. */
export class AppRoleNotOurs extends Error {
  constructor(
    readonly role: string,
    readonly detail: string,
  ) {
    super(
      `the owner may not make or change the database role ${role} (${detail}): give the owner CREATEROLE, and when ` +
        `the role exists, run "GRANT ${role} TO <owner> WITH ADMIN OPTION" as the role that made it`,
    );
    this.name = 'AppRoleNotOurs';
  }
}
