export { askLoginMethods } from './login-methods.ts';
