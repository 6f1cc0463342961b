export * from './business-day.js';
export * from './day-count.js';
export * from './errors.js';
export * from './plain-date.js';
