import django.db.models.deletion
import nayu.kernel.scope
import nayu.kernel.tenancy
import nayu.kernel.walls
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RateBucket',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('empty_at', models.DateTimeField()),
                ('refused', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(editable=False)),
                ('happened_at', models.DateTimeField(editable=False)),
                ('action', models.CharField(editable=False, max_length=100)),
                ('actor', models.CharField(editable=False, max_length=100)),
                ('on_table', models.CharField(editable=False, max_length=63)),
                ('on_row', models.CharField(editable=False, max_length=36)),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
            options={
                'indexes': [models.Index(fields=['lao', 'on_row'], name='kernel_auditentry_on_row')],
                'constraints': [nayu.kernel.walls.RowWall(name='kernel_auditentry_one_lao'), models.CheckConstraint(condition=models.Q(('action__regex', '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+$'), ('actor__regex', '^(guest|system:[a-z][a-z0-9_]*([.-][a-z0-9_]+)*|[a-z][a-z0-9_]*:([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{1,9}))$'), ('on_table__regex', '^([a-z][a-z0-9_]*)?$'), ('on_row__regex', '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{1,9})?$')), name='kernel_auditentry_codes_only')],
            },
        ),
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(editable=False)),
                ('hash', models.BinaryField()),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
            options={
                'constraints': [nayu.kernel.walls.RowWall(name='kernel_audithead_one_lao'), models.UniqueConstraint(fields=('lao',), name='kernel_audithead_one_a_lao')],
            },
        ),
        migrations.CreateModel(
            name='AuditLink',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(editable=False)),
                ('hash', models.BinaryField()),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
            options={
                'constraints': [nayu.kernel.walls.RowWall(name='kernel_auditlink_one_lao'), models.UniqueConstraint(fields=('lao', 'number'), name='kernel_auditlink_one_place')],
            },
        ),
        migrations.CreateModel(
            name='Delivered',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField()),
                ('subscriber', models.CharField(max_length=120)),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
            options={
                'constraints': [nayu.kernel.walls.RowWall(name='kernel_delivered_one_lao'), models.UniqueConstraint(fields=('lao', 'event_id', 'subscriber'), name='kernel_delivered_once')],
            },
        ),
        migrations.CreateModel(
            name='Erased',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('table_name', models.CharField(max_length=63)),
                ('row_id', models.UUIDField()),
                ('erased_at', models.DateTimeField()),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
            options={
                'constraints': [nayu.kernel.walls.RowWall(name='kernel_erased_one_lao'), models.UniqueConstraint(fields=('lao', 'table_name', 'row_id'), name='kernel_erased_once')],
            },
        ),
        migrations.CreateModel(
            name='GivenAnswer',
            fields=[
                ('id', models.UUIDField(default=nayu.kernel.tenancy.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=64)),
                ('bound_to', models.CharField(max_length=64)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('location', models.TextField(blank=True)),
                ('json', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('lao', nayu.kernel.tenancy.LaoKey(db_index=False, default=nayu.kernel.scope.here, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.lao')),
            ],
            options={
                'indexes': [models.Index(fields=['lao', 'made_at'], name='kernel_givenanswer_old')],
                'constraints': [nayu.kernel.walls.RowWall(name='kernel_givenanswer_one_lao'), models.UniqueConstraint(fields=('lao', 'key'), name='kernel_givenanswer_key_once')],
            },
        ),
    ]
