/** Set by test/lab-setup.ts where no lab host can be booted: then these tests are not run, and one line has said so. */
export const unavailable = process.env.FLEET_AUDIT_LAB_UNAVAILABLE !== undefined;
