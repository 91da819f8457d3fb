/** What is asked about each pair with `ACL DRYRUN`, as shell words of $user, $own and $other. */
export const pairQuestions = {
  otherKey: 'GET fleet:inbox:$other',
  ownKey: 'GET fleet:inbox:$own',
  otherSubscribe: 'SUBSCRIBE fleet:inbox:$other',
  otherPublish: 'PUBLISH fleet:inbox:$other x',
  everyChannel: 'PSUBSCRIBE *',
  ownSubscribe: 'SUBSCRIBE fleet:inbox:$own',
} as const;

/** Commands that take the server over, empty it, or let a user out of its keys. */
export const dangerous = [
  'ACL DELUSER x',
  'ACL LIST',
  'ACL LOAD',
  'ACL SAVE',
  'ACL SETUSER x',
  'BGREWRITEAOF',
  'BGSAVE',
  'CONFIG GET *',
  'CLUSTER RESET',
  'CONFIG REWRITE',
  'CONFIG SET dir /',
  'DEBUG SLEEP 0',
  'EVAL x 0',
  'EVALSHA x 0',
  'FAILOVER',
  'FLUSHALL',
  'FLUSHDB',
  'FCALL x 0',
  'FUNCTION FLUSH',
  'FUNCTION LOAD x',
  'MODULE LOAD x',
  'MODULE LOADEX x',
  'MONITOR',
  'PSYNC x 0',
  'REPLICAOF NO ONE',
  'SAVE',
  'SCRIPT LOAD x',
  'SHUTDOWN',
  'SLAVEOF NO ONE',
  'SWAPDB 0 1',
  'SYNC',
];

/** What the guide's own template lets an asset do, and what is good to know. */
export const nosy = ['CLIENT KILL ID 1', 'CLIENT LIST', 'KEYS *', 'SCAN 0', 'RANDOMKEY', 'DBSIZE', 'PUBSUB CHANNELS'];

/** A question with its words in place: what the answer is filed under, behind the user's name. */
export function fill(question: string, own: string, other: string): string {
  return question.replace('$own', own).replace('$other', other);
}
