import { QueryFailedError } from 'typeorm';

/** SQLSTATE of a refusal by the database and the constraint that refused, when it says. */
function refusal(error: unknown): { code?: string; constraint?: string } {
  return error instanceof QueryFailedError ? (error.driverError as { code?: string; constraint?: string }) : {};
}

/** A row names another that does not exist. */
export const isForeignKeyViolation = (error: unknown): boolean => refusal(error).code === '23503';

/** A row with the same key exists. */
export const isUniqueViolation = (error: unknown, constraint: string): boolean =>
  refusal(error).code === '23505' && refusal(error).constraint === constraint;
