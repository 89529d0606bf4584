/** Whether a content security policy forbade something: browsers say so beside the error, and a moment later. */

/** What of a thread's own global is needed: a server or a test may have none of it. */
interface Global {
  addEventListener?(type: 'securitypolicyviolation', listener: (event: SecurityPolicyViolationEvent) => void): void;
  removeEventListener?(type: 'securitypolicyviolation', listener: (event: SecurityPolicyViolationEvent) => void): void;
}

const scope = globalThis as Global;

/** Does `work`. Where it fails, `forbidden` is thrown in place of its error if a policy's `directive` was violated meanwhile. */
export async function unlessForbidden<Value>(directive: string, work: () => Promise<Value>, forbidden: () => Error): Promise<Value> {
  const violated = new Set<string>();
  const hear = ({ effectiveDirective }: SecurityPolicyViolationEvent): void => void violated.add(effectiveDirective);
  scope.addEventListener?.('securitypolicyviolation', hear);
  try {
    return await work();
  } catch (thrown) {
    if (scope.addEventListener) await new Promise((resolve) => setTimeout(resolve));
    throw violated.has(directive) ? forbidden() : thrown;
  } finally {
    scope.removeEventListener?.('securitypolicyviolation', hear);
  }
}
