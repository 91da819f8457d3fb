/** What a reader shows for one test. `shown` is all its text, as a person would find it. */
export interface TestResult {
  group: string;
  name: string;
  outcome: 'passed' | 'failed' | 'error' | 'skipped';
  shown: string;
  file?: string;
  line?: number;
}
