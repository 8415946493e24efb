export { isDisposableDomain } from './disposable-domain.ts';
