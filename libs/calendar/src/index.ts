export * from './business-calendar.js';
export * from './business-day.js';
export * from './day-count.js';
export * from './errors.js';
export { type Fraction } from './fraction.js';
export * from './plain-date.js';
export * from './year-fraction.js';
