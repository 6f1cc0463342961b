import { AppUser } from './access/app-user.entity.js';
import { DealParty } from './access/deal-party.entity.js';
import { Organisation } from './access/organisation.entity.js';
import { Person } from './access/person.entity.js';

/** Entities that every process needs; pass them to openAppDataSource with those of the services. */
export const PERSISTENCE_ENTITIES = [Organisation, Person, AppUser, DealParty];
