"""Django's settings: declared names only, each from the environment where it may differ."""

from pathlib import Path

from motcua.config.environment import environment
from motcua.toolkit.logs import configuration
from motcua.toolkit.spoken import read_languages

ROOT = Path(__file__).resolve().parents[2]
HOME = environment.home
CATALOGUE = ROOT / "catalogue"

SECRET_KEY = environment.secret("django-key")
SEALING_KEYS = HOME / "secrets" / "sealing"
DEBUG = False
ALLOWED_HOSTS = environment.hosts
BASE_URL = environment.base_url
SANDBOX_URL = environment.sandbox_url

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "motcua.toolkit",
    "motcua.audit",
    "motcua.identity",
    "motcua.agencies",
    "motcua.procedures",
    "motcua.documents",
    "motcua.payments",
    "motcua.deliveries",
    "motcua.notices",
    "motcua.exchange",
    "motcua.registers",
    "motcua.visits",
    "motcua.help",
    "motcua.mandates",
    "motcua.privacy",
    "motcua.dossiers",
    "motcua.journeys",
    "motcua.reports",
    "motcua.ui",
    "motcua.portal",
    "motcua.desk",
    "motcua.openness",
    "motcua.api",
    "motcua.adapters",
    "motcua.config",
]

MIDDLEWARE = [
    "motcua.toolkit.middleware.FrontDoor",
    "motcua.toolkit.middleware.Compress",
    "motcua.toolkit.sessions.RealmSessionMiddleware",
    "motcua.toolkit.languages.ChosenLanguage",
    "motcua.documents.serving.PictureFrame",
    "django.middleware.common.CommonMiddleware",
    "motcua.config.guard.Methods",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "motcua.config.guard.Guard",
]

REFUSAL_PAGE = "motcua.ui.refusals.refusal_page"
WORK_PAGE = "motcua.ui.work.work_page"
BUSY_PAGE = "motcua.ui.busy.busy_page"
PICTURE_PAGE = "motcua.ui.views.picture_page"
# A form may lead to these by redirect: sign-in and payment.
FORM_TARGETS = environment.form_targets
LOGGING = configuration(environment.log_level)

ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "motcua.ui.display.display_context",
            ]
        },
    },
]

DATABASES = {"default": environment.database}
# History is written once: the application's role may add to these tables and read them, no more.
APPEND_ONLY_TABLES = [
    "audit_leaf",
    "audit_stretch",
    "audit_head",
    "dossiers_event",
    "dossiers_readlog",
    "dossiers_note",
    "dossiers_handover",
    "dossiers_earlieranswers",
    "dossiers_correction",
    "privacy_erasure",
    "help_touch",
    "help_try",
    "mandates_change",
    "mandates_use",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "agencies.Official"
PASSWORD_HASHERS = ["motcua.agencies.hashers.Argon2"]

LANGUAGE_CODE = "vi"
LOCALE_PATHS = [ROOT / "locale"]
SPOKEN = read_languages(ROOT / "locale")
LANGUAGES = [(language.code, language.name) for language in SPOKEN.values()]
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# A page may carry a group of two hundred rows, each with up to nineteen values.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

CSRF_FAILURE_VIEW = "motcua.ui.views.form_expired"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "motcua.toolkit.static.HashedStatic"},
}
RETENTION_CONFIRMED = environment.retention_confirmed
FILES_ROOT = HOME / "files"
BLOB_STORE = "motcua.adapters.disk_files.DiskFiles"
CLAMD = environment.clamd
SCANNER = "motcua.adapters.clamd.Clamd" if CLAMD else "motcua.adapters.no_scanner.NoScanner"
TOKEN = environment.token
SIGNING_ROOTS = environment.signing_roots
TSA_URL = environment.tsa_url
SIGNER = (
    "motcua.adapters.token_signer.TokenSigner"
    if TOKEN
    else "motcua.adapters.practice_signer.PracticeSigner"
)
TIME_AUTHORITY = (
    "motcua.adapters.time_authority.HttpTimeAuthority"
    if TSA_URL
    else "motcua.adapters.practice_signer.clock.PracticeClock"
)

EMAIL_HOST = environment.email_host
EMAIL_PORT = environment.email_port
DEFAULT_FROM_EMAIL = environment.email_from
ACCESSIBILITY_EMAIL = environment.accessibility_email
ALARM_EMAIL = environment.alarm_email

NOTICE_ROADS = {
    "sms": "motcua.adapters.sms_gateway.road.SmsGateway",
    "email": "motcua.adapters.smtp.road.Smtp",
}
SMS = {"url": environment.sms_url, "token": environment.sms_token}

PAYMENT_GATEWAY = "motcua.adapters.vnpay.gateway.Vnpay"
VNPAY = {
    "checkout_url": environment.vnpay_checkout_url,
    "transactions_url": environment.vnpay_transactions_url,
    "terminal": environment.vnpay_terminal,
    "secret": environment.vnpay_secret,
}

POST_SERVICE = "motcua.adapters.vnpost.post.VnPost"
VNPOST = {"url": environment.post_url, "token": environment.post_token}

EXCHANGE_LINE = "motcua.adapters.agency_link.line.AgencyLine"
EXCHANGE_CODE = environment.exchange_code
EXCHANGE_PARTIES = environment.exchange_parties
POPULATION_URL = environment.population_url

IDENTITY_PROVIDER = "motcua.adapters.vneid.provider.Vneid"
VNEID_ISSUER = environment.vneid_issuer
VNEID_CLIENT_ID = environment.vneid_client_id
VNEID_CLIENT_SECRET = environment.vneid_client_secret
PORTAL_ACCOUNTS = environment.portal_accounts

# Officials: minutes without a request until the desk locks; days that a browser is trusted, 0: never.
IDLE_LOCK_MINUTES = environment.idle_lock_minutes
TRUSTED_DEVICE_DAYS = environment.trusted_device_days

SESSION_ENGINE = "motcua.toolkit.session_store"
SESSION_COOKIE_NAME = "motcua"
SESSION_REALMS = {"/can-bo/": "motcua-can-bo"}
SESSION_COOKIE_AGE = 24 * 3600
SESSION_COOKIE_SECURE = BASE_URL.startswith("https:")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https:") else []
# Behind a proxy that ends TLS, which must set this header itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
# The proxies whose `X-Forwarded-For` is believed (toolkit.networks).
TRUSTED_PROXIES = environment.trusted_proxies
# Multiplies how much one network may ask for in an hour.
NETWORK_ALLOWANCE = environment.network_allowance
# Thresholds of the desk's warnings, in working days.
NEAR_DUE_DAYS = environment.near_due_days
OVERDUE_DAYS = environment.overdue_days
