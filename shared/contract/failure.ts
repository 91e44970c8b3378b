/**
 * The code of the one error that crosses the wire as data: its `data` is a `FailureDetail`. It is separate from the
 * contract, so that a page that needs the code alone does not load every schema.
 */
export const failureErrorCode = "FAILURE";
