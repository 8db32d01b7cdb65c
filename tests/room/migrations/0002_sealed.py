import nayu.kernel.crypto
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('room', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='book',
            name='borrower',
            field=nayu.kernel.crypto.Sealed(null=True),
        ),
        migrations.AddField(
            model_name='book',
            name='remark',
            field=nayu.kernel.crypto.Sealed(null=True),
        ),
    ]
