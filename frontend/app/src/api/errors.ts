/** One error for everything a request can end in; `message` is already in the page's language and meant for a person. */
import { t } from "~/i18n";

export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  fields?: Record<string, { code: string; message: string }[]>;
  [extra: string]: unknown;
}

export class ApiError extends Error {
  readonly status: number;
  /** Stable, snake_case. Ours when no answer came: "offline", "timeout". */
  readonly code: string;
  /** First message per field; "" holds what belongs to no field. */
  readonly fields: Record<string, string>;
  /** The whole problem+json body, for the extras of a code. */
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.detail || t(status >= 500 ? "common.error_server" : "common.error_unknown"));
    this.name = "ApiError";
    this.status = status;
    this.code = problem.code ?? "unknown";
    this.problem = problem;
    this.fields = Object.fromEntries(
      Object.entries(problem.fields ?? {}).flatMap(([name, errors]) => (errors[0] ? [[name, errors[0].message]] : [])),
    );
  }

  static unreachable(cause: unknown): ApiError {
    const timeout = cause instanceof DOMException && cause.name === "TimeoutError";
    return new ApiError(0, {
      code: timeout ? "timeout" : "offline",
      detail: t(timeout ? "common.error_timeout" : "common.error_offline"),
    });
  }
}

/** For a `catch`: an ApiError as it is, anything else as one that says something went wrong here. Aborts are passed on. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  console.error(error);
  return new ApiError(0, { code: "unexpected", detail: t("common.error_unknown") });
}
