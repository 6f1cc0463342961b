import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { RequestInvalid, type FieldFault } from './problems.js';

/** Most faults that one answer lists; a file of garbage would otherwise be answered with a larger one. */
const MAX_FAULTS = 100;

/** Checks path, query and body against their DTO classes and lists every fault; unknown fields are faults too. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: false,
    exceptionFactory: (errors) => new RequestInvalid(faultsOf(errors).slice(0, MAX_FAULTS)),
  });
}

function faultsOf(errors: readonly ValidationError[], parent = ''): FieldFault[] {
  return errors.flatMap((error) => {
    const field = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message: named(message, field) }));
    return [...own, ...faultsOf(error.children ?? [], field)];
  });
}

/** class-validator's messages name the last part of the path only, sometimes after "each value in" or "nested". */
function named(message: string, field: string): string {
  const property = field.slice(field.lastIndexOf('.') + 1);
  return message.startsWith(`${property} `) ? `${field}${message.slice(property.length)}` : `${field}: ${message}`;
}
