// Samples whose verdict is not yet what it must be. Their tests run and are told, and fail nothing.
export default new Set([
  'messages: outer list of digests contradicts',
  'messages: signing-certificate v1 of another certificate beside a right v2',
  'messages: an attribute twice',
  
  'timestamps: timestamp older than the certificate',
  'timestamps: timestamp from the future',
  'timestamps: document timestamp older than the timestamp inside',
  'timestamps: document timestamps in the wrong order',
]);
