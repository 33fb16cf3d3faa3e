type Body = Readonly<Record<string, unknown>>;

function bodyOf(value: unknown): Body {
  return typeof value === 'object' && value !== null ? (value as Body) : {};
}

/** What the gateway refused a request with. */
export class ApiError extends Error {
  /**
   * @param status of HTTP; 0 when the gateway was not reached
   * @param body of the answer; empty when it was not JSON
   * @param retrySeconds when to try again; 0 when it does not say
   */
  constructor(
    readonly status: number,
    readonly body: Body,
    readonly retrySeconds: number,
  ) {
    super(typeof body['error'] === 'string' ? body['error'] : `HTTP ${status}`);
    this.name = 'ApiError';
  }

  static of(response: Response, error: unknown): ApiError {
    const retry = Number(response.headers.get('retry-after'));
    return new ApiError(response.status, bodyOf(error), Number.isFinite(retry) ? retry : 0);
  }

  /** Of any failure, one that can be explained: what is no refusal came from not reaching the gateway. */
  static from(cause: unknown): ApiError {
    return cause instanceof ApiError ? cause : new ApiError(0, {}, 0);
  }
}

/** The JSON of a refusal. */
export async function refusalOf(response: Response): Promise<{ body: Body; message?: string }> {
  try {
    const body = bodyOf(await response.json());
    const message = body['message'];
    return typeof message === 'string' ? { body, message } : { body };
  } catch {
    return { body: {} };
  }
}
