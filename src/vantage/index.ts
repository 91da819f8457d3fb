export { askLoginMethods } from './login-methods.ts';
export { look, type Looking } from './look.ts';
