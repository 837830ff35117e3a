from django.db import migrations


class Migration(migrations.Migration):
    """Accounts in whose name e-mails are answers are nobody's, like those of systems: none is closed for not signing in."""

    dependencies = [
        ("agencies", "0011_two_people"),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE agencies_user SET is_system = true WHERE email LIKE '%@by-post.invalid'",
            migrations.RunSQL.noop,
        ),
    ]
