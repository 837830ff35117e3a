from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0002_enquiry_research_continues")]

    operations = [
        migrations.AddField("draft", "began_at", models.DateTimeField(default=timezone.now), preserve_default=False),
        migrations.AddField("draft", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField(
            "draft",
            "writer",
            models.CharField(blank=True, help_text="The open page that saved it last", max_length=32),
        ),
        migrations.AddField(
            "draft",
            "sent_as",
            models.CharField(blank=True, help_text="The reference of the enquiry that it became", max_length=16),
        ),
        migrations.AlterField("draft", "what", models.SlugField(help_text="public, professional or telephone")),
        migrations.AddIndex("draft", models.Index(fields=["what", "saved_at"], name="drafts_by_age")),
    ]
