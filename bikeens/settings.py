"""All settings, read from the environment by strict readers (bikeens/environment.py); README.md lists them."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from bikeens.core import embedded
from bikeens.environment import Environment, EnvironmentInvalid

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

# --- where this runs -------------------------------------------------------------------------------------------
ENVIRONMENT = env.choice("BIKEENS_ENV", "development", ("development", "test", "production"))
PRODUCTION = ENVIRONMENT == "production"
DEBUG = env.flag("BIKEENS_DEBUG", False)
INSECURE_KEY = "not-a-secret: every clone of Bikeens has this key"
SECRET_KEY = env.text("BIKEENS_SECRET_KEY", INSECURE_KEY)
PUBLIC_URL = env.address("BIKEENS_PUBLIC_URL", "http://localhost:8000")
DATA_DIR = Path(env.text("BIKEENS_DATA_DIR", str(BASE_DIR / ".data"))).resolve()
ALLOWED_HOSTS = [PUBLIC_URL.split("//", 1)[1].rsplit(":", 1)[0], "localhost", "127.0.0.1"]
if PRODUCTION:
    ALLOWED_HOSTS = ALLOWED_HOSTS[:1]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
LOG_LEVEL = env.choice("BIKEENS_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))

# --- database --------------------------------------------------------------------------------------------------
_address = env.database("DATABASE_URL")
DATABASE_EMBEDDED = _address is None
DATABASES: dict[str, dict[str, object]] = {
    "default": _address
    or {
        "ENGINE": "bikeens.core.postgresql",
        "NAME": "bikeens",
        "USER": "bikeens",
        "HOST": str(embedded.socket_folder_of(DATA_DIR)),
        "OPTIONS": {},
    }
}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
# Search's statements are prepared when first used; Django's own carry their values in the text and never are.
_options: dict[str, object] = {"connect_timeout": "5", "prepare_threshold": 0}
DATABASES["default"]["OPTIONS"] = _options | dict(DATABASES["default"]["OPTIONS"])  # type: ignore[call-overload]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the clock -------------------------------------------------------------------------------------------------
CLOCK_MOVABLE = not PRODUCTION
# How long a process trusts the offset it read last; a test process is the only mover of its own clock.
CLOCK_CACHE_SECONDS = 3600.0 if ENVIRONMENT == "test" and not env.flag("BIKEENS_CLOCK_SHARED", False) else 0.5

# --- apps ------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "rest_framework",
    "drf_spectacular",
    "procrastinate.contrib.django",
    "csp",
    "bikeens",
    "bikeens.core",
    "bikeens.accounts",
    "bikeens.notifications",
    "listings",
    "bookings",
    "payments",
    "frontend",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bikeens.core.policy.SiteCSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bikeens.core.unicode.ReadableSigningIn",
    "listings.views.search.StraightToSearch",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "bikeens.urls"
WSGI_APPLICATION = "bikeens.wsgi.application"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- people ----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https")

# Sign-up and sign-in are django-allauth's, over its headless API, for our own pages only.
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_ADAPTER = "bikeens.accounts.adapter.HeadlessAdapter"
HEADLESS_FRONTEND_URLS = {
    "account_signup": f"{PUBLIC_URL}/sign-up/",
    "account_confirm_email": f"{PUBLIC_URL}/sign-up/?key={{key}}",
    "account_reset_password": f"{PUBLIC_URL}/sign-in/",
    "account_reset_password_from_key": f"{PUBLIC_URL}/sign-in/?key={{key}}",
    "socialaccount_login_error": f"{PUBLIC_URL}/sign-in/",
}
ACCOUNT_ADAPTER = "bikeens.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# Without a star the password is optional: whoever gives none signs in by codes or a passkey.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_SIGNUP_FORM_CLASS = "bikeens.accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Eight digits, shown in two halves: typed on a phone's number pad, and three guesses are as good as none.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
# One address per account, and nobody learns from our answers which addresses have one.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = "Bikeens"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# How many proxies of ours add to X-Forwarded-For: without it every visitor behind them shares one rate limit.
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("BIKEENS_TRUSTED_PROXIES", 0, lowest=0, highest=9)

# --- language and time -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "bikeens" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_ZONE = "Europe/Paris"

# --- API -------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["bikeens.core.authentication.SessionSignIn"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["bikeens.core.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "bikeens.core.schema.ApiSchema",
    "EXCEPTION_HANDLER": "bikeens.core.problems.handle_exception",
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
    # `?format=` is a parameter like any other that an address does not know.
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Bikeens",
    "DESCRIPTION": "The API behind Bikeens' own pages.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api",
    "ENUM_NAME_OVERRIDES": {
        "BlockKind": "listings.choices.BlockKind",
        "BookingSide": "bookings.states.EITHER",
        "BookingState": "bookings.states.STATES",
        "ClaimKind": "bookings.states.CLAIM_KINDS",
        "ExtraKind": "listings.choices.ExtraKind",
        "ImportState": "listings.models.ImportState",
        "LineKind": "listings.pricing.LineKind",
        "ListingStatus": "listings.choices.Status",
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- money -----------------------------------------------------------------------------------------------------
CURRENCY = "EUR"
# Percent of rental and extras paid by the renter on top, kept from the owner, and the VAT contained in both.
RENTER_FEE_PERCENT = env.whole("BIKEENS_RENTER_FEE_PERCENT", 9, lowest=0, highest=50)
COMMISSION_PERCENT = env.whole("BIKEENS_COMMISSION_PERCENT", 15, lowest=0, highest=50)
VAT_PERCENT = env.whole("BIKEENS_VAT_PERCENT", 20, lowest=0, highest=40)
# Where owners live, ISO 3166 alpha-2: Stripe asks for it before anything else.
ACCOUNT_COUNTRY = env.text("BIKEENS_ACCOUNT_COUNTRY", "FR")
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY", "")
SANDBOX = not STRIPE_SECRET_KEY
SANDBOX_PORT = env.whole("BIKEENS_SANDBOX_PORT", 12111, lowest=1, highest=65535)
SANDBOX_URL = f"http://127.0.0.1:{SANDBOX_PORT}"
STRIPE_API_BASE = SANDBOX_URL if SANDBOX else "https://api.stripe.com"
STRIPE_API_KEY = STRIPE_SECRET_KEY or "sk_test_local"
# Platform events, events of connected accounts, and v2's thin events are signed with a secret each.
STRIPE_WEBHOOK_SECRETS = {
    "platform": env.text("STRIPE_WEBHOOK_SECRET", "whsec_local_platform" if SANDBOX else ""),
    "connect": env.text("STRIPE_CONNECT_WEBHOOK_SECRET", "whsec_local_connect" if SANDBOX else ""),
    "thin": env.text("STRIPE_THIN_WEBHOOK_SECRET", "whsec_local_thin" if SANDBOX else ""),
}

# --- places and maps -------------------------------------------------------------------------------------------
# Displaces every public point; whoever knows it can undo the displacement.
LOCATION_SECRET = env.text("BIKEENS_LOCATION_SECRET", INSECURE_KEY)
GEOCODER = env.choice("GEOCODER", "none", ("none", "ban", "photon", "nominatim"))
# A Photon, Nominatim or BAN of one's own; empty: the public service.
GEOCODER_URL = env.folder("GEOCODER_URL", "")
# The public services ask who is asking.
GEOCODER_USER_AGENT = f"Bikeens (+{PUBLIC_URL})"
TILE_URL = env.text("BIKEENS_TILE_URL", "")
TILE_ATTRIBUTION = env.text("BIKEENS_TILE_ATTRIBUTION", "© OpenStreetMap")

# --- files -----------------------------------------------------------------------------------------------------
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
# Collected for production only; elsewhere whitenoise reads the apps' own folders.
STATIC_ROOT = DATA_DIR / "static" if PRODUCTION else None
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Uploaded photos lie on this machine's disk or in a bucket that every machine shares.
IN_S3 = env.choice("BIKEENS_STORAGE", "disk", ("disk", "s3")) == "s3"
S3_BUCKET = env.text("BIKEENS_S3_BUCKET", "")
S3_ENDPOINT = env.folder("BIKEENS_S3_ENDPOINT", "")
S3_REGION = env.text("BIKEENS_S3_REGION", "us-east-1")
S3_KEYS = env.text("BIKEENS_S3_ACCESS_KEY", ""), env.text("BIKEENS_S3_SECRET_KEY", "")
S3_PUBLIC_URL = env.folder("BIKEENS_S3_PUBLIC_URL", "")
if IN_S3:
    STORAGES["default"] = {
        "BACKEND": "bikeens.core.s3.S3Files",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT or None,
            "region_name": S3_REGION,
            "access_key": S3_KEYS[0] or None,
            "secret_key": S3_KEYS[1] or None,
            "url_protocol": S3_PUBLIC_URL.split("//")[0],
            "custom_domain": S3_PUBLIC_URL.split("//")[-1],
        },
    }
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
# Vite writes a hash into every name of assets/.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/app/assets/.+-[\w-]{8}\.\w+$"

# --- jobs, mail, cache, logs -----------------------------------------------------------------------------------
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 4, "delete_jobs": "successful", "listen_notify": True}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
if env.has("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.whole("EMAIL_PORT", 587, lowest=1, highest=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Bikeens <bonjour@bikeens.example>")
# allauth counts in the default cache, so every process must see the same one, and what is merely kept for speed lies
# elsewhere: a full cache throws live entries away, a limit among them.
_IN_DATABASE = "django.core.cache.backends.db.DatabaseCache"
CACHES = {
    "default": {"BACKEND": _IN_DATABASE, "LOCATION": "cache", "OPTIONS": {"MAX_ENTRIES": 1_000_000}},
    "answers": {"BACKEND": _IN_DATABASE, "LOCATION": "cache_answers", "OPTIONS": {"MAX_ENTRIES": 10_000}},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "bikeens.core.logs.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "stripe": {"level": "WARNING"},
        # What people type stands in the addresses these tell at their more talkative levels.
        "geopy": {"level": "WARNING"},
        "urllib3": {"level": "WARNING"},
    },
}

# --- security --------------------------------------------------------------------------------------------------
_tiles = [TILE_URL.split("{", 1)[0].rsplit("/", 1)[0].replace("{s}", "*")] if TILE_URL else []
_pictures = ["/".join(S3_PUBLIC_URL.split("/")[:3])] if IN_S3 else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", *_tiles, *_pictures],
        "style-src": ["'self'"],
        # Leaflet places its pins by style attributes set from script, which this does not concern.
        "script-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
if PRODUCTION:
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The site's pine, from its lightest wash to its darkest, around --pine of frontend/app/src/styles/tokens.css.
UNFOLD = {
    "SITE_TITLE": "Bikeens",
    "SITE_HEADER": "Bikeens",
    "SITE_URL": "/",
    "COLORS": {
        "primary": {
            "50": "#eef6f2",
            "100": "#dcebe3",
            "200": "#b9d9cb",
            "300": "#8cc3ad",
            "400": "#57a68a",
            "500": "#2c866c",
            "600": "#176a54",
            "700": "#0e4d3f",
            "800": "#0c4036",
            "900": "#0a332b",
            "950": "#061f1a",
        }
    },
}

env.refuse_unknown(("BIKEENS_", "STRIPE_", "EMAIL_"))
_wrong = {
    "BIKEENS_S3_BUCKET is missing": IN_S3 and not S3_BUCKET,
    "BIKEENS_S3_PUBLIC_URL is missing": IN_S3 and not S3_PUBLIC_URL,
    "of BIKEENS_S3_ACCESS_KEY and BIKEENS_S3_SECRET_KEY only one is set": any(S3_KEYS) and not all(S3_KEYS),
    "BIKEENS_S3_… is set, but BIKEENS_STORAGE is disk": not IN_S3
    and any((S3_BUCKET, S3_ENDPOINT, *S3_KEYS, S3_PUBLIC_URL)),
}
if PRODUCTION:
    _wrong |= {
        "BIKEENS_SECRET_KEY is the public default": SECRET_KEY == INSECURE_KEY,
        "BIKEENS_LOCATION_SECRET is the public default": LOCATION_SECRET == INSECURE_KEY,
        "BIKEENS_SECRET_KEY is shorter than 32 characters": len(SECRET_KEY) < 32,
        "BIKEENS_PUBLIC_URL is missing": not env.has("BIKEENS_PUBLIC_URL"),
        "BIKEENS_PUBLIC_URL is not https": env.has("BIKEENS_PUBLIC_URL") and not PUBLIC_URL.startswith("https://"),
        "BIKEENS_DEBUG is on": DEBUG,
        "DATABASE_URL is missing (the embedded database is for development)": DATABASE_EMBEDDED,
        "STRIPE_SECRET_KEY is missing (the local Stripe is for development)": SANDBOX,
        "a STRIPE_…WEBHOOK_SECRET is missing": not all(STRIPE_WEBHOOK_SECRETS.values()),
        "EMAIL_HOST is missing": not env.has("EMAIL_HOST"),
        "BIKEENS_S3_PUBLIC_URL is not https": IN_S3 and S3_PUBLIC_URL.startswith("http://"),
        "BIKEENS_S3_ENDPOINT is not https": IN_S3 and S3_ENDPOINT.startswith("http://"),
    }
if any(_wrong.values()):
    raise EnvironmentInvalid("; ".join(name for name, is_wrong in _wrong.items() if is_wrong) + ".")
